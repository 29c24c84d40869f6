#include "c/keys.h"

#include <utility>

#include "request/names.h"
#include "request/task.h"
#include "text/suggestion.h"

namespace cascade::c {
ResolveKeys::ResolveKeys(Request& request)
    : items(request.list("items")), exclude(request.list("exclude")), depth(request.number("depth")) {
  const auto found = request::parse_follow(request.text("follow").value_or("invoked"));
  if (!found) request.fail("follow", "one of required, invoked, mentioned");
  follow = found.value_or(follow);
}

Result<cascade::Request> ResolveKeys::find(const Registry& registry) const {
  cascade::Request request;
  auto roots = request::find_symbols(registry, items), without = request::find_symbols(registry, exclude);
  if (!roots) return roots.error();
  if (!without) return without.error();
  request.roots = *std::move(roots);
  request.exclude = *std::move(without);
  request.depth = depth.value_or(0);
  request.follow = follow;
  return request;
}

// Without the key, the first of `allowed`.
Format format(Request& request, std::initializer_list<Format> allowed) {
  const auto given = request.text("format");
  if (!given) return *allowed.begin();
  std::vector<std::string_view> names;
  for (const Format format : allowed) {
    if (*given == to_string(format)) return format;
    names.push_back(to_string(format));
  }
  request.fail("format", "one of " + letters::listed({names.data(), names.size()}));
  return *allowed.begin();
}

std::vector<Kind> kinds(Request& request) {
  std::vector<Kind> found;
  for (const std::string& text : request.list("kinds")) {
    const auto kind = parse_kind(text);
    if (!kind) request.fail("kinds", "a list of skill, agent, command");
    found.push_back(kind.value_or(Kind::skill));
  }
  return found;
}

}  // namespace cascade::c
