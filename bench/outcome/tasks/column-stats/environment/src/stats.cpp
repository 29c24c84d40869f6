#include "stats.hpp"

std::vector<std::string> split(const std::string &line) {
    std::vector<std::string> fields;
    std::size_t begin = 0;
    for (;;) {
        const auto end = line.find(',', begin);
        fields.push_back(line.substr(begin, end - begin));
        if (end == std::string::npos) return fields;
        begin = end + 1;
    }
}

Stats summarize(const std::vector<double> &values) {
    Stats s;
    s.min = values.at(0);
    for (double v : values) {
        ++s.count;
        s.sum += v;
        if (v < s.min) s.min = v;
        if (v > s.max) s.max = v;
    }
    return s;
}
