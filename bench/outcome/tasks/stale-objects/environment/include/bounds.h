#pragma once
#define MAX_NAME 40
