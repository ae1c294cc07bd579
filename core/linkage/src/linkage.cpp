#include "musubi/linkage/linkage.h"
