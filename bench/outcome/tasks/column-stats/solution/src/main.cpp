#include "stats.hpp"

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>

namespace {

int usage() {
    std::cerr << "usage: colstat [-d CHAR] COLUMN [FILE]\n";
    return 2;
}

bool number(const std::string &text, double &out) {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    if (first == std::string::npos) return false;
    const std::string t = text.substr(first, last - first + 1);
    char *end = nullptr;
    out = std::strtod(t.c_str(), &end);
    return end == t.c_str() + t.size();
}

}  // namespace

int main(int argc, char **argv) {
    char separator = ',';
    std::vector<std::string> args(argv + 1, argv + argc);
    if (!args.empty() && args[0] == "-d") {
        if (args.size() < 2) return usage();
        if (args[1] == "\\t") separator = '\t';
        else if (args[1].size() == 1) separator = args[1][0];
        else return usage();
        args.erase(args.begin(), args.begin() + 2);
    }
    if (args.empty() || args.size() > 2) return usage();
    const int column = std::atoi(args[0].c_str());
    if (column < 1) {
        std::cerr << "colstat: bad column: " << args[0] << '\n';
        return 2;
    }
    std::ifstream file;
    if (args.size() == 2) {
        file.open(args[1]);
        if (!file) {
            std::cerr << "colstat: cannot open " << args[1] << '\n';
            return 1;
        }
    }
    std::istream &in = args.size() == 2 ? file : std::cin;
    std::vector<double> values;
    std::string line;
    for (unsigned long n = 1; std::getline(in, line); ++n) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) continue;
        const auto fields = split(line, separator);
        double v = 0;
        if (column > static_cast<int>(fields.size())) {
            std::cerr << "colstat: line " << n << ": no column " << column << '\n';
            return 1;
        }
        if (!number(fields[column - 1], v)) {
            std::cerr << "colstat: line " << n << ": not a number: " << fields[column - 1] << '\n';
            return 1;
        }
        values.push_back(v);
    }
    const Stats s = summarize(values);
    std::cout << std::setprecision(10) << "count " << s.count << '\n';
    if (s.count) std::cout << "sum " << s.sum << "\nmin " << s.min << "\nmax " << s.max << '\n';
    return 0;
}
