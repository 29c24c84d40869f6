// What of a manifest the router reads, field by field, before any word is counted.
#pragma once

#include <cascade/route.h>

#include <string>
#include <string_view>
#include <vector>

#include "route/tables.h"

namespace cascade::route {

struct Source {
  ManifestId id{};
  std::string body;                        // the file's text after the front matter
  std::string description;                 // without markup tags
  std::vector<std::string> phrases;        // declared triggers, one each
  std::vector<std::string> referrers;      // lines of other manifests that name it
  std::vector<std::string> examples;       // what a user is quoted as saying
  std::vector<std::string_view> headings;  // the registry's
  std::string situation;                   // the section that says when to use it
};

// Everything that can be routed to, by manifest id: neither shadowed nor a document. Fails only if `read` does.
Result<std::vector<Source>> collect_sources(const Registry& registry, const ReadSection& read,
                                            const RouterOptions& options);

// "[ground:given] [assert|neutral] Real text" -> "Real text".
std::string without_tags(std::string_view text);

// Lines that stand in many bodies (punctuation folded) and descriptions that many share say nothing about one of them:
// they are cut out. A line counts as common in at least max(4, 4 %) of the sources.
void drop_boilerplate(std::vector<Source>& sources);

}  // namespace cascade::route
