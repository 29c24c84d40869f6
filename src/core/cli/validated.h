// The roots of the paths given to `cascade validate`, and which parts of them are meant; and what the validator finds
// there, for verbs that ask it.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/result.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "files/tree.h"
#include "render/parts.h"

namespace cascade::cli {

// `roots`: each once, in the order of the paths. `below`: prefixes of the meant paths, relative to the first root;
// empty: everything.
struct ValidatedPaths {
  std::vector<std::string> roots;
  std::vector<std::string> below;
  std::vector<std::string> written;  // the roots in the spelling of the given paths, for messages

  std::string shown(const std::string& root) const;
  bool contains(std::string_view path) const;
};

// A folder named skills, agents or commands belongs to its parent unless it is a project itself, and .claude or another
// client's folder to the project. A file belongs to the nearest such root above it, or else to its own folder. Only a
// single root can be checked in part. not_found: a path that does not exist.
Result<ValidatedPaths> validated_paths(const files::Tree& tree, const std::vector<std::string>& paths);

// A folder whose manifests are judged; `prefix` is put before the paths of its findings.
struct SoughtRoot {
  std::string folder, prefix;
};

// `profile`: empty for the one in each root's cascade.yaml. `knows_others`: a project may call agents of the default
// sources. `is_of_others`: no cascade.yaml is obeyed, and nothing is kept. `is_quiet`: without a word of what was not
// read.
struct Sought {
  std::vector<SoughtRoot> roots{};
  std::string profile{};
  bool knows_others = false, is_of_others = false, is_quiet = false;
};

// `findings` are sorted. `manifests`: the paths of what was read as such, relative to the first root. `file_of`: where
// the file of a finding is. `text`: as `cascade validate` shows some of these.
struct FoundFaults {
  std::vector<Diagnostic> findings;
  std::set<std::string, std::less<>> manifests;
  std::function<std::optional<std::string>(const std::string& path)> file_of;
  std::function<Result<std::string>(const std::vector<Diagnostic>& found, rendering::Paint paint)> text;
};

// By all rules. unsupported: this cascade is built without the validator.
Result<FoundFaults> find_faults(Call& call, const Sought& sought);
// Of the roots that the command names, which is what `cascade validate` says of them; nothing for the default sources,
// which have several owners, and where nobody can judge.
std::optional<FoundFaults> faults_of_named_roots(Call& call);

}  // namespace cascade::cli
