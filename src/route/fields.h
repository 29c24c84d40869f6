// What of a manifest the router reads, field by field, before any word is counted.
#pragma once

#include <cascade/route.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hash/content_hash.h"
#include "route/lines.h"
#include "route/tables.h"

namespace cascade::route {

// The text of a manifest and where its sections lie in it: the whole file, or the sections alone, one after the other.
struct SourceText {
  std::string text;
  std::vector<Slice> sections;  // those of the body, in order
  hash::Hash128 content;        // of the file, where it was read as a whole
};
using ReadSource = std::function<Result<SourceText>(ManifestId)>;

ReadSource by_section(const Registry& registry, const ReadSection& read);
using ReadFile = std::function<Result<std::string>(const ManifestView&)>;
ReadSource by_file(const Registry& registry, const ReadFile& read);

struct Source {
  ManifestId id{};
  SourceText text;
  std::vector<Line> lines;                    // of the body
  std::string description;                    // without markup tags
  std::vector<std::string> phrases;           // declared triggers, one each
  std::vector<std::string> examples;          // what a user is quoted as saying
  std::vector<std::string_view> headings;     // the registry's
  std::vector<std::uint32_t> heading_hashes;  // fold_line() of each
  std::string situation;                      // the section that says when to use it

  std::string_view line(const Line& at) const { return std::string_view(text.text).substr(at.begin, at.length); }
};

// Everything that can be routed to, by manifest id: neither shadowed nor a document.
std::vector<ManifestId> routable(const Registry& registry);

// A hash of what a source is made of beside its text, the fields and sections that this has, and the lines of others.
std::uint64_t hash_inputs(const Registry& registry, ManifestId id, const RouterOptions& options);

// Fails only if `read` does.
Result<Source> read_source(const Registry& registry, ManifestId id, const ReadSource& read,
                           const RouterOptions& options);

// The line of a body that a link stands on, as its target gets to see it; empty where there is none. Of these a
// manifest hears so many, in the order of its links, each text once.
std::string_view referring_line(const Registry& registry, const Source& from, std::uint32_t line);
constexpr std::size_t referrer_limit = 6;

// Fields that name what a manifest is about.
constexpr std::string_view domain_keys[] = {"metadata.cascade-domain", "category", "metadata.category", "domain"};

// "[ground:given] [assert|neutral] Real text" -> "Real text".
std::string without_tags(std::string_view text);

}  // namespace cascade::route
