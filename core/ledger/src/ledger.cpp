#include "musubi/ledger/ledger.h"
