#include "musubi/base/text.h"
