// Whether the text above code orders what stands in it.
#pragma once

#include "manifest/body_text.h"

namespace cascade::manifest {

// Code below "Then run:", "Invoke the review:", "## Step 2: Weigh" or "## Mandatory check" is to be run; other commands
// in code show how they are typed more often than not. REQUIRES: the line is code.
bool is_ordered_code(const BodyText& body, const TextLine& line);

}  // namespace cascade::manifest
