#pragma once
#include <string>
#include <vector>

struct Stats {
    unsigned long count = 0;
    double sum = 0, min = 0, max = 0;
};

std::vector<std::string> split(const std::string &line, char separator);
Stats summarize(const std::vector<double> &values);
