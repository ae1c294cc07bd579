// MUSUBI_SDK_API marks what libmusubi_sdk.so offers to the hub and to adapters; everything else is hidden.
#pragma once

#define MUSUBI_SDK_API __attribute__((visibility("default")))
