// While the table is made there is none.
#include "route/learned.h"

std::string_view cascade::route::learned_bytes() noexcept { return {}; }
