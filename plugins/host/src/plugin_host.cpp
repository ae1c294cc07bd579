#include "musubi/plugin_host/plugin_host.h"
