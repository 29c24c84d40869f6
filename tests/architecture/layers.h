// The layers block of docs/architecture.md and what may be said against the includes of the tree.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "architecture/source_tree.h"

namespace cascade::architecture {

struct Layer {
  std::string module;
  std::vector<std::string> may_include;
};

// The lines between "```layers" and the closing fence, in order.
std::vector<Layer> layers_in(std::string_view document);

// Lines that name a module twice, or one that is not above them.
std::vector<std::string> order_faults(const std::vector<Layer>& layers);

// The module of a file of src/WING/ or include/cascade/; empty for another file. result.h belongs to diagnostic. A
// folder within a module's folder is a module of its own. The wing "client" is a module itself.
std::string module_of_file(std::string_view path);

// A wing of src/: the modules in it.
struct Wing {
  std::string name;
  std::vector<std::string> modules;
};

// The lines between "```wings" and the closing fence, in order.
std::vector<Wing> wings_in(std::string_view document);

// Files that lie in another wing than their module's, and includes of a module whose wing stands below their own.
// Public headers lie in no wing.
std::vector<std::string> wing_faults(const std::vector<Wing>& wings, const std::vector<SourceFile>& files);

// Includes of one module's files that its line does not list, and includes not written as "module/file.h".
std::vector<std::string> unlisted(const std::vector<Layer>& layers, const std::vector<SourceFile>& files);

// Listings that no include needs, among the modules that `standing` names on both sides.
std::vector<std::string> unused(const std::vector<Layer>& layers, const std::vector<SourceFile>& files,
                                const std::set<std::string>& standing);

// Circles of header and source pairs (the same path but for the ending) that include each other.
std::vector<std::string> knots(const std::vector<SourceFile>& files);

}  // namespace cascade::architecture
