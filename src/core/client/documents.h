// Documents of a repository that lie next to manifests.
#pragma once

#include <string_view>

namespace cascade::client {

// "README.md", "CHANGELOG.md" in any case: what documents are called that are no manifests for their place alone.
// `name`: without a folder.
bool is_document_name(std::string_view name);

}  // namespace cascade::client
