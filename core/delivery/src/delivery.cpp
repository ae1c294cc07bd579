#include "musubi/delivery/delivery.h"
