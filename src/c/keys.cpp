#include "c/keys.h"

#include <utility>

#include "task/task.h"

namespace cascade::c {
namespace {

Error unknown(const Registry& registry, const std::string& text) {
  const auto symbol = Symbol::parse(text);
  std::string near;
  for (const Symbol& other :
       registry.nearest(symbol ? symbol->name : text, symbol ? std::optional<Kind>(symbol->kind) : std::nullopt, 3))
    near += (near.empty() ? "did you mean " : ", ") + to_string(other);
  return {ErrorCode::not_found, "there is no '" + text + "'", {}, near};
}

Error ambiguous(const Registry& registry, const std::string& text, const std::vector<ManifestId>& ids) {
  std::string all;
  for (const ManifestId id : ids)
    all += (all.empty() ? "it may mean " : ", ") + to_string(symbol_of(registry[id])) + " (" +
           std::string(registry[id].path) + ")";
  return {ErrorCode::misuse, "'" + text + "' is ambiguous", {}, all};
}

}  // namespace

Result<std::vector<Symbol>> symbols(const Registry& registry, const std::vector<std::string>& texts) {
  std::vector<Symbol> found;
  for (const std::string& text : texts) {
    const std::vector<ManifestId> ids = registry.candidates(text);
    if (ids.empty()) return unknown(registry, text);
    if (ids.size() > 1) return ambiguous(registry, text, ids);
    found.push_back(symbol_of(registry[ids.front()]));
  }
  return found;
}

ResolveKeys::ResolveKeys(Request& request)
    : items(request.list("items")), exclude(request.list("exclude")), depth(request.number("depth")) {
  const auto found = task::parse_follow(request.text("follow").value_or("invoked"));
  if (!found) request.fail("follow", "one of required, invoked, mentioned");
  follow = found.value_or(follow);
}

Result<cascade::Request> ResolveKeys::find(const Registry& registry) const {
  cascade::Request request;
  auto roots = symbols(registry, items), without = symbols(registry, exclude);
  if (!roots) return roots.error();
  if (!without) return without.error();
  request.roots = *std::move(roots);
  request.exclude = *std::move(without);
  request.depth = depth.value_or(0);
  request.follow = follow;
  return request;
}

Format format(Request& request, std::initializer_list<Format> allowed) {
  const auto given = request.text("format");
  if (!given) return *allowed.begin();
  std::string names = "one of";
  for (const Format format : allowed) {
    if (*given == to_string(format)) return format;
    names.append(names == "one of" ? " " : ", ").append(to_string(format));
  }
  request.fail("format", names);
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
