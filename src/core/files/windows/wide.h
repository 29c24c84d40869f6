// UTF-8 to UTF-16 and back, and paths as the system takes them. For sources of Windows only.
#pragma once

#include <string>
#include <string_view>

namespace cascade::files {

// A half of a surrogate pair, which a file's name may have, becomes three bytes and comes back. Bytes that are no UTF-8
// become U+FFFD.
std::wstring wide(std::string_view text);
std::string narrow(std::wstring_view text);

// The whole path with the prefix that lifts the limit of 260 characters and takes names literally: "\\?\C:\a". Empty if
// no file can have it, as with a colon, which would name a stream of the file.
std::wstring system_path(std::string_view path);
// The same without the prefix, for what programs are given.
std::wstring plain_path(std::string_view path);
// "\\?\C:\a" as it is written here: "C:/a".
std::string inner_path(std::wstring_view path);

}  // namespace cascade::files

// Windows' own declarations, without its macros min and max. For files/windows only.

#define WIN32_LEAN_AND_MEAN
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
