#include "count.h"

int letters(const char *s) {
    int n = 0;
    for (; *s; ++s) n += (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
    return n;
}
