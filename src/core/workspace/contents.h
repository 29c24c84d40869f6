// What a workspace knows of its manifests besides their records.
#pragma once

#include <cascade/registry.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "git/git_program.h"
#include "hash/content_hash.h"
#include "workspace/load.h"

namespace cascade {

class WorkspaceContents {
 public:
  // The hash128() of each file that was read or compared, by path. Empty if not all were compared.
  static std::vector<std::pair<std::string, hash::Hash128>> of(const Workspace& workspace);
  // Whether a root was added by the user's own cascade.yaml: somebody else wrote what is in it.
  static bool is_added(const Workspace& workspace, std::uint32_t root);
  // The absolute paths of the roots; empty for the library that comes with Cascade.
  static std::vector<std::string> others_roots(const Workspace& workspace);
  // How many of the first roots the caller named for himself, as by --root.
  static std::size_t named_roots(const Workspace& workspace);
  // Entries of cascade.triggers.yaml and cascade.prompts whose name no manifest has, or several: "/p/x:3:1: what".
  static std::vector<std::string> unmet(const Workspace& workspace);
  // Whether a link at this path below the root leads out of it to the user's own files and is followed.
  static bool follows(const Workspace& workspace, std::uint32_t root, const std::string& path);
};

}  // namespace cascade

namespace cascade::workspace {

// Views into the scan, which must outlive it and has built its registry of `manifests` manifests. O(1).
class FileContents {
 public:
  FileContents(Scan& scan, std::size_t manifests);
  std::optional<hash::Hash128> of(ManifestId id) const;
  // Once; empty if the scan did not keep it. Different threads may take different files at the same time.
  std::string take_text(ManifestId id) const;

 private:
  static constexpr std::uint32_t none = 0xffffffffU;

  Scan& scan_;
  std::vector<std::uint32_t> files_;  // the files' numbers, by manifest
};

}  // namespace cascade::workspace

namespace cascade {

struct EarlierFiles {
  std::vector<FileInstead> files;
  std::map<std::string, std::string> renamed;  // absolute paths: now, then
};

// For the repositories that contain the folders. Errors: those of GitProgram::changes().
Result<EarlierFiles> earlier_files(repository::GitProgram& git, const std::vector<std::string>& folders,
                                   const std::string& revision);

// Whether all of these also exist as files on the disk and are as executable: then they neither add nor remove paths.
bool keeps_paths(const std::vector<FileInstead>& instead);

}  // namespace cascade

// Identifies the sources of this program: what other sources wrote into a cache is not used.

namespace cascade::workspace {

// 16 hex digits each; the same for the same sources (cmake/source_id.cmake).
extern const char* const source_id;   // of those that decide what an index holds
extern const char* const program_id;  // of all of them

}  // namespace cascade::workspace
