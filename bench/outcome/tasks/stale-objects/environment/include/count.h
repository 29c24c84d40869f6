#pragma once
int letters(const char *s);
