#include "c/boundary.h"

#include <algorithm>
#include <cstdlib>

#include "unicode/utf8.h"

namespace cascade::c {

cascade_code code_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::not_found: return CASCADE_NOT_FOUND;
    case ErrorCode::unreadable: return CASCADE_UNREADABLE;
    case ErrorCode::unwritable: return CASCADE_UNWRITABLE;
    case ErrorCode::malformed: return CASCADE_MALFORMED;
    case ErrorCode::stale: return CASCADE_STALE;
    case ErrorCode::unsupported: return CASCADE_UNSUPPORTED;
    case ErrorCode::misuse: return CASCADE_MISUSE;
  }
  return CASCADE_FAULT;
}

std::string message_of(const Error& error) {
  std::string text = error.path.empty() ? error.message : error.path + ": " + error.message;
  if (!error.help.empty()) text += "\nhelp: " + error.help;
  // A path may hold any bytes, but the caller gets UTF-8.
  return unicode::replace_invalid(text);
}

char* copied(std::string_view text) noexcept {
  char* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) return nullptr;
  // A NUL in a manifest would end the text early.
  std::replace_copy(text.begin(), text.end(), copy, '\0', ' ');
  copy[text.size()] = '\0';
  return copy;
}

}  // namespace cascade::c

const char* cascade_version(void) { return CASCADE_VERSION; }

const char* cascade_code_name(int code) {
  switch (code) {
    case CASCADE_OK: return "ok";
    case CASCADE_NO: return "no";
    case CASCADE_NOT_FOUND: return "not_found";
    case CASCADE_UNREADABLE: return "unreadable";
    case CASCADE_UNWRITABLE: return "unwritable";
    case CASCADE_MALFORMED: return "malformed";
    case CASCADE_STALE: return "stale";
    case CASCADE_UNSUPPORTED: return "unsupported";
    case CASCADE_MISUSE: return "misuse";
    case CASCADE_FAULT: return "fault";
  }
  return "unknown";
}

void cascade_free(char* answer) { std::free(answer); }
