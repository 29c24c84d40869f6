// parse_manifest() for many files of one library.
#pragma once

#include <cascade/manifest.h>

#include "manifest/section_memo.h"

namespace cascade::manifest {

// The same as parse_manifest(source, counter), sooner where a section's text stood in an earlier file. The memo is used
// with one counter only, and `source.text` must outlive it. Null: none.
Manifest parse(const ManifestSource& source, const TokenCounter& counter, SectionMemo* memo);

}  // namespace cascade::manifest
