#include "box_definitions.h"
#include "member_access.h"

#include "r4_data_types.inc"
