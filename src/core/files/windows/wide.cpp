#include "files/windows/wide.h"

#include <algorithm>
#include <cstdint>

#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::files {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

// The code point that begins at `at`, which moves behind it.
std::uint32_t next_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t first = byte(at++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xF0 && first < 0xF5 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first >= 0xF5 || at + more > text.size()) return replacement;
  std::uint32_t point = first & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return replacement;
    point = point << 6U | (byte(at + i) & 0x3FU);
  }
  constexpr std::uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (point < least[more] || point > 0x10FFFF) return replacement;
  at += more;
  return point;
}

void append_point(std::string& text, std::uint32_t point) {
  const auto tail = [&](unsigned shift) { text += static_cast<char>(0x80 | (point >> shift & 0x3FU)); };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | point >> 6U);
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | point >> 12U);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | point >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string current_folder() {
  std::wstring folder(::GetCurrentDirectoryW(0, nullptr), L'\0');
  folder.resize(::GetCurrentDirectoryW(static_cast<DWORD>(folder.size()), folder.data()));
  return inner_path(folder);
}

// Absolute, with its drive or share; empty if it cannot be a file's.
std::string whole_path(std::string_view given) {
  std::string path = from_native(std::string(given));
  if (!is_absolute(path)) path = join(current_folder(), path);
  if (root_size(path) == 1) {
    const std::string here = current_folder();
    path = std::string(parent(here.substr(0, root_size(here)) + "/x")) + path;
  }
  path = normalise(path);
  const std::string_view below = std::string_view(path).substr(root_size(path));
  return below.find_first_of(std::string_view(":\0", 2)) == std::string_view::npos ? path : std::string();
}

std::wstring with_back_slashes(std::string_view path) {
  std::wstring result = wide(path);
  std::ranges::replace(result, L'/', L'\\');
  return result;
}

}  // namespace

std::wstring wide(std::string_view text) {
  std::wstring result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t point = next_point(text, at);
    if (point < 0x10000) {
      result += static_cast<wchar_t>(point);
    } else {
      result += static_cast<wchar_t>(0xD800 + ((point - 0x10000) >> 10U));
      result += static_cast<wchar_t>(0xDC00 + (point & 0x3FFU));
    }
  }
  return result;
}

std::string narrow(std::wstring_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint32_t point = text[at];
    if (point >= 0xD800 && point < 0xDC00 && at + 1 < text.size() && (text[at + 1] & 0xFC00U) == 0xDC00)
      point = 0x10000 + ((point - 0xD800) << 10U) + (text[++at] - 0xDC00U);
    append_point(result, point);
  }
  return result;
}

std::string from_native(std::string path) {
  std::ranges::replace(path, '\\', '/');
  if (path.rfind("//?/UNC/", 0) == 0)
    path.erase(2, 6);
  else if (path.rfind("//?/", 0) == 0 && path.size() > 5 && path[5] == ':')
    path.erase(0, 4);
  if (path.size() >= 2 && path[1] == ':' && letters::is_letter(path[0])) {
    path[0] = letters::to_upper(path[0]);
  } else if (path.size() >= 2 && path[0] == '/' && letters::is_letter(path[1]) &&
             (path.size() == 2 || path[2] == '/')) {
    const char drive[] = {letters::to_upper(path[1]), ':', '/', '\0'};
    path.replace(0, std::min<std::size_t>(path.size(), 3), drive);
  }
  return path;
}

std::wstring system_path(std::string_view path) {
  const std::string whole = whole_path(path);
  if (whole.empty()) return {};
  return whole[0] == '/' ? L"\\\\?\\UNC" + with_back_slashes(whole.substr(1)) : L"\\\\?\\" + with_back_slashes(whole);
}

std::wstring plain_path(std::string_view path) { return with_back_slashes(whole_path(path)); }

std::string inner_path(std::wstring_view path) { return from_native(narrow(path)); }

}  // namespace cascade::files
