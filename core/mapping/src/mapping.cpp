#include "musubi/mapping/mapping.h"
