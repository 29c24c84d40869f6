# Most of a full build goes into reading the same headers again for each file and into making the same templates of them.
# So the files of one folder are compiled together, at most so many at once that two processors end at about the same
# time. It needs local names that a folder uses once; files that break this are listed in cmake/compiled_alone.txt, and are
# compiled one by one like all files where this is off. The demo and the asan preset, which is scripts/check's first, compile whole
# folders, so that scripts/check finds a name used twice before a newcomer does. A change of one file compiles its whole
# group: off for daily work.
option(CASCADE_UNITY "Compile the files of a folder together: for full builds" OFF)
set(CASCADE_UNITY_FILES 16 CACHE STRING "At most so many of src together; of anything else 16")
set(CASCADE_APART "" CACHE STRING "Modules whose files are compiled one by one all the same (scripts/mutate)")

file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/compiled_alone.txt CASCADE_COMPILED_ALONE REGEX "^[^#]")
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
             ${PROJECT_SOURCE_DIR}/cmake/compiled_alone.txt)

# Called in the folder that made the target, once it has its sources; what is generated stays alone.
function(cascade_compile_together target)
  if(NOT CASCADE_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  set(places)
  foreach(source IN LISTS sources)
    cmake_path(IS_PREFIX CMAKE_CURRENT_SOURCE_DIR "${source}" NORMALIZE ours)
    if(ours AND source MATCHES "\\.cpp$")
      cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE name)
      string(REGEX REPLACE "^src/(client|[^/]+/[^/]+)/.*" "\\1" module ${name})
      cmake_path(GET module FILENAME module)
      if(NOT name IN_LIST CASCADE_COMPILED_ALONE AND NOT module IN_LIST CASCADE_APART)
        cmake_path(GET name PARENT_PATH folder)
        string(MAKE_C_IDENTIFIER ${folder} place)
        if(NOT place IN_LIST places)
          list(APPEND places ${place})
          set(count_${place} 0)
        endif()
        set(most 16)
        if(name MATCHES "^src/")
          set(most ${CASCADE_UNITY_FILES})
        endif()
        math(EXPR group "${count_${place}} / ${most}")
        math(EXPR count_${place} "${count_${place}} + 1")
        set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${place}_${group})
      endif()
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # GCC lets inlining make a unit two fifths larger. A whole folder uses that up before its small functions are inlined,
  # and then a full index takes 5 % more instructions.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE --param=large-unit-insns=20000 --param=inline-unit-growth=100)
  endif()
endfunction()
