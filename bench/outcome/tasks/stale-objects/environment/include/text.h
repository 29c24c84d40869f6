#pragma once
#include "bounds.h"
const char *greeting(void);
