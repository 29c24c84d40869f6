// What a trivial C++ program costs: the unit of docs/performance.md (C++0).
#include <iostream>

int main() { std::cout << "{}\n"; }
