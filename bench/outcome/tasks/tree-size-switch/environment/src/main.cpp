#include "scan.hpp"

#include <iostream>

int main() {
    std::cerr << "treesize: not written yet\n";
    return 1;
}
