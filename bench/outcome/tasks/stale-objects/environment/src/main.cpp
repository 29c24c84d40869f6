#include "count.h"
#include "text.h"
#include "version.h"

#include <cstdio>
#include <cstring>

int main(int argc, char **argv) {
    if (argc > 1 && !std::strcmp(argv[1], "--version")) {
        std::printf("greet %s\n", GREET_VERSION);
        return 0;
    }
    const char *name = argc > 1 ? argv[1] : "world";
    std::printf("%s, %.*s (%d)\n", greeting(), MAX_NAME, name, letters(name));
    return 0;
}
