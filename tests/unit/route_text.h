// Libraries for the router's tests as text: one manifest a line, its parts between bars,
//   skill:review -> agent:linter | Reviews a change. | look at my diff; check this branch | Body text.
// The first part is written as in registry_text.h; description, triggers and body may be left out.
#pragma once

#include <cascade/route.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "unit/registry_text.h"

namespace cascade::test {

inline std::vector<std::string> parts_of(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == '|')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  for (std::string& part : parts) {
    part.erase(0, part.find_first_not_of(' ') == std::string::npos ? part.size() : part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
  }
  parts.resize(4);
  return parts;
}

struct Library {
  Registry registry = Registry::build({});
  std::map<std::string, std::string> bodies;  // by path

  ReadSection read() const {
    return [this](const ManifestView& manifest, const SectionView&) -> Result<std::string> {
      return bodies.at(std::string(manifest.path));
    };
  }
  Router router(const RouterOptions& options = {}) const { return *Router::build(registry, read(), options); }
};

inline Library library_of(const std::string& text) {
  Library library;
  std::vector<Manifest> manifests;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(' ') == std::string::npos) continue;
    const std::vector<std::string> parts = parts_of(line);
    Manifest manifest = manifest_of(parts[0]);
    manifest.description = parts[1];
    if (!parts[2].empty()) manifest.fields.push_back({"metadata.cascade-triggers", parts[2], {}, false});
    library.bodies[manifest.path] = parts[3];
    manifests.push_back(std::move(manifest));
  }
  library.registry = Registry::build(manifests);
  return library;
}

// The text must outlive the query.
inline Query query_of(std::string_view text, std::size_t limit = 5) {
  Query query;
  query.text = text;
  query.limit = limit;
  return query;
}

// "review lint": the names in order.
inline std::string names_of(const Library& library, const Routing& routing) {
  std::string names;
  for (const Match& match : routing.ranked)
    names += (names.empty() ? "" : " ") + std::string(library.registry[match.id].name);
  return names;
}

inline std::string first_of(const Library& library, const Router& router, const std::string& prompt) {
  return names_of(library, router.rank(query_of(prompt, 1)));
}

// "load review lint": the decision and the first two, with their scores.
inline std::string told(const Library& library, const Router& router, const std::string& prompt) {
  const Routing routing = router.rank(query_of(prompt, 2));
  std::string text(to_string(routing.decision));
  for (const Match& match : routing.ranked)
    text += " " + std::string(library.registry[match.id].name) + "=" + std::to_string(match.score);
  return text;
}

}  // namespace cascade::test
