// What the message of a commit tells about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

bool says_revert(const Commit& commit);  // `Revert "…"`, `revert: …`, "This reverts commit …"

// The number of the pull or merge request that a commit merges: "Merge pull request #7 from …", "… (#7)", "Merged in x
// (pull request #7)", "See merge request group/project!7". 0: it names none.
std::uint32_t request_of(const Commit& commit);

// Those who reviewed it, without its author: "Reviewed-by: Name <mail>", "Approved-by", "Acked-by". Their mail
// addresses in small letters, or their names where no address stands.
std::vector<std::string> reviewers_of(const Commit& commit, const Person& author);

// Who made the lines of a file: people, or a program, another project, a tool that locks versions. Told by its path and
// by .gitattributes; what its text says is known already (Flag).

// Why added lines are not authored. `authored` comes first: they are.
enum class Made : std::uint8_t {
  authored,
  generated,
  vendored,
  locked,
  pointers,
  submodules,
  copied,
  reformatted,
  moved
};
constexpr std::size_t made_kinds = 9;

// A row of origins.tsv: the name of a folder, or the pattern of a file's name.
struct OriginRow {
  std::string_view name;
  Made made;
};
std::string_view to_string(Made made) noexcept;

// What .gitattributes denies of a file: `-linguist-generated`, `-linguist-vendored`.
struct Denied {
  bool generated = false;  // a lock file is generated
  bool vendored = false;
};

// What the path alone says: authored, generated, vendored or locked; nothing that is denied.
Made made_by_path(std::string_view path, Denied denied = {});
// What path, attributes and content say; attributes win over the path. `by_path`: what the path says without them.
Made made_of(const FileChange& file, std::string_view path, Made by_path);

bool is_bot(const Person& person);  // a program that commits: "name[bot]", dependabot, renovate …
// A message that speaks of a formatter or of formatting.
bool speaks_of_formatting(std::string_view subject);

}  // namespace cascade::metrics
