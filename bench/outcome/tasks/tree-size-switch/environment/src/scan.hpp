#pragma once
#include <cstdint>
#include <string>

struct Totals {
    std::uint64_t bytes = 0;  // sum of the sizes of regular files
    std::uint64_t dirs = 0;   // folders below the root, without the root
    std::uint64_t files = 0;  // regular files
};

enum class Root { ok, missing, not_a_folder };

// Walks the tree below root. Symbolic links are not followed.
Root scan(const std::string &root, Totals &out);
