#include "client/documents.h"

#include "text/one_of.h"

namespace cascade::client {

bool is_document_name(std::string_view name) {
  return letters::is_one_of_lower(name, {"readme.md", "changelog.md", "license.md", "contributing.md", "security.md",
                                         "code_of_conduct.md", "notice.md", "index.md"});
}

}  // namespace cascade::client
