#include "scan.hpp"

#include <filesystem>
#include <system_error>

namespace fs = std::filesystem;

Root scan(const std::string &root, Totals &out) {
    std::error_code ec;
    const auto st = fs::status(root, ec);
    if (!fs::exists(st)) return Root::missing;
    if (!fs::is_directory(st)) return Root::not_a_folder;
    fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, ec), end;
    for (; !ec && it != end; it.increment(ec)) {
        const auto s = it->symlink_status(ec);
        if (fs::is_directory(s)) {
            ++out.dirs;
        } else if (fs::is_regular_file(s)) {
            ++out.files;
            out.bytes += it->file_size(ec);
        }
    }
    return Root::ok;
}
