#include "musubi/privacy/policy.h"
