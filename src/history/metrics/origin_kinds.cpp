#include "metrics/origin_kinds.h"

#include "text/ascii.h"
#include "text/wildcard.h"

#include <algorithm>
#include <iterator>

namespace cascade::metrics {
namespace {

// Names of folders, anywhere in the path.
struct FolderRow {
  std::string_view name;
  Made made;
};
constexpr FolderRow folders[] = {
    {".yarn", Made::vendored},          {"3rdparty", Made::vendored},
    {"__generated__", Made::generated}, {"bower_components", Made::vendored},
    {"dist", Made::generated},          {"generated", Made::generated},
    {"godeps", Made::vendored},         {"node_modules", Made::vendored},
    {"pods", Made::vendored},           {"third-party", Made::vendored},
    {"third_party", Made::vendored},    {"thirdparty", Made::vendored},
    {"vendor", Made::vendored},         {"vendored", Made::vendored},
};

// Patterns of file names, in lower case.
struct NameRow {
  std::string_view pattern;
  Made made;
};
constexpr NameRow names[] = {
    {"bun.lock", Made::locked},
    {"bun.lockb", Made::locked},
    {"cargo.lock", Made::locked},
    {"composer.lock", Made::locked},
    {"conan.lock", Made::locked},
    {"deno.lock", Made::locked},
    {"flake.lock", Made::locked},
    {"gemfile.lock", Made::locked},
    {"go.sum", Made::locked},
    {"go.work.sum", Made::locked},
    {"gradle.lockfile", Made::locked},
    {"mix.lock", Made::locked},
    {"npm-shrinkwrap.json", Made::locked},
    {"package-lock.json", Made::locked},
    {"package.resolved", Made::locked},
    {"packages.lock.json", Made::locked},
    {"paket.lock", Made::locked},
    {"pdm.lock", Made::locked},
    {"pipfile.lock", Made::locked},
    {"pnpm-lock.yaml", Made::locked},
    {"podfile.lock", Made::locked},
    {"poetry.lock", Made::locked},
    {"pubspec.lock", Made::locked},
    {".terraform.lock.hcl", Made::locked},
    {"uv.lock", Made::locked},
    {"yarn.lock", Made::locked},
    {"*.bundle.js", Made::generated},
    {"*.designer.cs", Made::generated},
    {"*.freezed.dart", Made::generated},
    {"*.g.dart", Made::generated},
    {"*.generated.*", Made::generated},
    {"*.js.map", Made::generated},
    {"*.css.map", Made::generated},
    {"*.min.css", Made::generated},
    {"*.min.js", Made::generated},
    {"*.min.mjs", Made::generated},
    {"*.pb.cc", Made::generated},
    {"*.pb.go", Made::generated},
    {"*.pb.h", Made::generated},
    {"*.snap", Made::generated},
    {"*_generated.*", Made::generated},
    {"*_pb2.py", Made::generated},
    {"*_pb2.pyi", Made::generated},
    {"*_pb2_grpc.py", Made::generated},
};

// Parts of an author's name or mail, in lower case.
constexpr std::string_view bots[] = {"[bot]",    "dependabot", "github-actions",       "greenkeeper", "pre-commit-ci",
                                     "pyup-bot", "renovate",   "semantic-release-bot", "snyk-bot",    "weblate"};

constexpr std::string_view formatting[] = {"black",    "clang-format", "cargo fmt", "gofmt",       "isort",
                                           "prettier", "reformat",     "rustfmt",   "ruff format", "yapf"};

template <typename Words>
bool has_one_of(const std::string& text, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

}  // namespace

std::string_view to_string(Made made) noexcept {
  switch (made) {
    case Made::authored: return "authored";
    case Made::generated: return "generated";
    case Made::vendored: return "vendored";
    case Made::locked: return "locked";
    case Made::pointers: return "pointers";
    case Made::submodules: return "submodules";
    case Made::copied: return "copied";
    case Made::reformatted: return "reformatted";
    case Made::moved: return "moved";
  }
  return "";
}

Made made_by_path(std::string_view path) {
  const std::string lower = letters::to_lower(path);
  std::string_view rest = lower;
  Made found = Made::authored;
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    for (const FolderRow& row : folders)
      if (row.name == rest.substr(0, slash) && found == Made::authored) found = row.made;
    rest.remove_prefix(slash + 1);
  }
  for (const NameRow& row : names)
    if (found == Made::authored && letters::matches_wildcard(row.pattern, rest)) found = row.made;
  return found;
}

Made made_of(const FileChange& file, Made by_path) {
  if ((file.flags & module) != 0) return Made::submodules;
  if ((file.flags & pointer) != 0) return Made::pointers;
  if ((file.flags & attribute_generated) != 0) return Made::generated;
  if ((file.flags & attribute_vendored) != 0) return Made::vendored;
  if ((file.flags & attribute_not_generated) != 0 && by_path == Made::generated) return Made::authored;
  if ((file.flags & attribute_not_vendored) != 0 && by_path == Made::vendored) return Made::authored;
  if (by_path == Made::authored && (file.flags & says_generated) != 0 && (file.flags & attribute_not_generated) == 0)
    return Made::generated;
  return by_path;
}

bool is_bot(const Person& person) {
  return has_one_of(letters::to_lower(person.name), bots) || has_one_of(letters::to_lower(person.mail), bots);
}

bool speaks_of_formatting(std::string_view subject) { return has_one_of(letters::to_lower(subject), formatting); }

}  // namespace cascade::metrics
