#include "cascade_git/objects.h"

#include <git2.h>

namespace cascade::git {

void write_error(syntax::JsonWriter& json, std::string_view error) {
  const git_error* last = git_error_last();
  json.key("error").string(error);
  json.key("message").string(last == nullptr || last->message == nullptr ? "" : last->message);
}

}  // namespace cascade::git
