#include "musubi/quality/checks.h"
