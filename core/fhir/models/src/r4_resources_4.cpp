#include "member_access.h"

#include "r4_resources_4.inc"
