// Path arithmetic on text with '/'; nothing here touches a disk. On Windows "C:/a" and "//server/share/a" are absolute,
// and so is "/a", on the current drive.
#pragma once

#include <string>
#include <string_view>

#include "text/ascii.h"

namespace cascade::files {

// A path as the user, a client or the system writes it, as it is written here. On Windows "c:\a", "\\?\C:\a" and Git
// Bash's "/c/a" become "C:/a"; elsewhere it stays.
std::string from_native(std::string path);

// "a//b/./c/../d" -> "a/b/d". A leading "../" of a relative path stays; "/.." is "/". Empty gives ".".
std::string normalise(std::string_view path);
bool is_normal(std::string_view path) noexcept;  // true: normalise() changes nothing

std::string join(std::string_view directory, std::string_view name);  // an absolute `name` wins
std::string_view parent(std::string_view path) noexcept;              // "" for a single name, "/" for "/x"
std::string_view file_name(std::string_view path) noexcept;
std::string_view stem(std::string_view path) noexcept;  // file name without its last ".ext"
bool is_absolute(std::string_view path) noexcept;

// True when normalised `path` is `directory` or below it. Both absolute or both relative.
bool is_within(std::string_view directory, std::string_view path);

// Returns `path` relative to `directory`, without the leading "/", or `path` itself if it is not below it.
std::string relative_to(std::string_view directory, std::string_view path);

// Where the root of an absolute path ends.
#ifdef _WIN32
// "C:/", "//server/share" or "/", which is the root of the current drive.
constexpr std::size_t root_size(std::string_view path) noexcept {
  if (path.size() >= 3 && letters::is_letter(path[0]) && path[1] == ':' && path[2] == '/') return 3;
  if (path.empty() || path[0] != '/') return 0;
  const auto name_end = [&](std::size_t begin) {  // of the name that begins there; 0: there is none
    if (begin >= path.size()) return std::size_t{0};
    const std::string_view name = path.substr(begin, path.substr(begin).find('/'));
    return name.empty() || name == "." || name == ".." ? 0 : begin + name.size();
  };
  const std::size_t server = path.size() > 1 && path[1] == '/' ? name_end(2) : 0;
  const std::size_t share = server == 0 ? 0 : name_end(server + 1);
  return share == 0 ? 1 : share;
}
#else
constexpr std::size_t root_size(std::string_view path) noexcept { return !path.empty() && path.front() == '/' ? 1 : 0; }
#endif

// Matches patterns from configuration files: `*` and `?` stay within a path segment, `**` spans segments ("vendor/**",
// "**/*.md"), `[a-z]` and `[!a]` are classes. A pattern that ends in "/" or names a folder matches everything below it.
// O(pattern * path) for each folder of the path at worst.
bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace cascade::files
