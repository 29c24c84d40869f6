#include "scan.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <string>

namespace {

const char *const NAME = "treesize";

void say(const std::string &line) {
    std::cout << line << '\n' << std::flush;
}

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/' ||
           c == '_' || c == '-';
}

bool unescape(const std::string &in, std::string &out) {
    for (std::size_t i = 0; i < in.size(); ++i) {
        if (in[i] == '+') {
            if (i + 2 >= in.size()) return false;
            const int a = hex(in[i + 1]), b = hex(in[i + 2]);
            if (a < 0 || b < 0 || plain(static_cast<char>(a * 16 + b))) return false;
            out += static_cast<char>(a * 16 + b);
            i += 2;
        } else if (plain(in[i])) {
            out += in[i];
        } else {
            return false;
        }
    }
    return !in.empty();
}

bool good_id(const std::string &id) {
    if (id.empty() || id.size() > 4) return false;
    for (char c : id)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))) return false;
    return true;
}

void facts(const std::string &id, const Totals &t) {
    const std::pair<const char *, std::uint64_t> all[] = {{"files", t.files}, {"dirs", t.dirs}, {"bytes", t.bytes}};
    unsigned count = 0, sum = 0;
    for (const auto &[key, value] : all) {
        if (!value) continue;
        const std::string line = "fact " + id + " " + key + "=" + std::to_string(value);
        for (unsigned char c : line) sum = (sum + c) % 997;
        ++count;
        say(line);
    }
    char end[64];
    std::snprintf(end, sizeof end, "done %s %u %03u", id.c_str(), count, sum);
    say(end);
}

int talk() {
    say(std::string("%ready ") + NAME + "/2");
    std::set<std::string> hushed;
    unsigned long answered = 0, number = 0;
    int odd = 0;
    std::string line;
    while (std::getline(std::cin, line)) {
        ++number;
        if (line == "bye") {
            say("%bye " + std::to_string(answered));
            return 0;
        }
        if (line == "still?") {
            say("still " + std::to_string(answered));
            continue;
        }
        if (line.rfind("hush ", 0) == 0 && good_id(line.substr(5))) {
            hushed.insert(line.substr(5));
            continue;
        }
        if (line.rfind("ask ", 0) == 0) {
            const auto blank = line.find(' ', 4);
            std::string id, arg;
            if (blank != std::string::npos) id = line.substr(4, blank - 4);
            if (good_id(id) && unescape(line.substr(blank + 1), arg)) {
                if (hushed.count(id)) {
                    say("hushed " + id);
                    continue;
                }
                ++answered;
                Totals t;
                const Root r = scan(arg, t);
                if (r == Root::missing) say("sorry " + id + " gone");
                else if (r == Root::not_a_folder) say("sorry " + id + " unfit");
                else facts(id, t);
                continue;
            }
        }
        say("%odd " + std::to_string(number));
        if (++odd == 3) return 8;
    }
    return 9;
}

int misuse(const std::string &arg) {
    std::cerr << NAME << "! cannot use '" << arg << "' (40)\n";
    return 40;
}

}  // namespace

int main(int argc, char **argv) {
    if (const char *trace = std::getenv("TOOL_TRACE"))
        std::ofstream(trace, std::ios::app) << NAME << ' ' << VERSION << ' ' << argc - 1 << '\n';
    if (argc == 1) return talk();
    const std::string arg = argv[1];
    if (arg != "--version" && arg != "--help" && arg != "--fitness") return misuse(arg);
    if (argc > 2) return misuse(argv[2]);
    if (arg == "--version") std::cout << NAME << ' ' << VERSION << " [contract 7]\n";
    else if (arg == "--fitness") std::cout << "fit\n";
    else
        std::cout << "use: " << NAME << " [SWITCH]\n"
                  << "  --fitness  say whether it could do its work here\n"
                  << "  --help     this text\n"
                  << "  --version  name and version\n";
    return 0;
}
