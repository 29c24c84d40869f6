#include "stats.hpp"

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: colstat COLUMN [FILE]\n";
        return 2;
    }
    const int column = std::atoi(argv[1]);
    if (column < 1) {
        std::cerr << "colstat: bad column: " << argv[1] << '\n';
        return 2;
    }
    std::ifstream file;
    if (argc == 3) {
        file.open(argv[2]);
        if (!file) {
            std::cerr << "colstat: cannot open " << argv[2] << '\n';
            return 1;
        }
    }
    std::istream &in = argc == 3 ? file : std::cin;
    std::vector<double> values;
    std::string line;
    while (std::getline(in, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const auto fields = split(line);
        values.push_back(column <= static_cast<int>(fields.size()) ? std::atof(fields[column - 1].c_str()) : 0);
    }
    const Stats s = summarize(values);
    std::cout << std::setprecision(10) << "count " << s.count << "\nsum " << s.sum << "\nmin " << s.min << "\nmax "
              << s.max << '\n';
    return 0;
}
