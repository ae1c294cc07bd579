#include "musubi/base/codes.h"
