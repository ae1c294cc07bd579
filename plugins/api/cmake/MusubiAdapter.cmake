# One adapter: a module of hidden visibility that leaves no symbol open, and its contract test. The same call works
# in Musubi's own tree and, after find_package(Musubi), in anyone's.
#
#   musubi_add_adapter(NAME tokyo KIND source SOURCES adapter.cpp file_names.cpp
#                      [LIBRARIES third::party ...]       what it links besides the SDK
#                      [CONTRACT_OPTIONS name=value ...]) options for the contract test; {temp} is an empty folder,
#                                                    {number} a number of the test's own
#
# makes the target musubi_<kind>_<name> and the file <build>/lib/musubi/musubi_<kind>_<name>.so; with
# MUSUBI_TESTS (out of tree: on unless switched off) the test contract.<kind>.<name>.
function(musubi_add_adapter)
  cmake_parse_arguments(ADAPTER "" "NAME;KIND" "SOURCES;LIBRARIES;CONTRACT_OPTIONS" ${ARGN})
  if(NOT ADAPTER_NAME MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "musubi_add_adapter: NAME is lower-case letters, digits and underscores, starting with a letter")
  endif()
  if(NOT ADAPTER_KIND MATCHES "^(source|sink)$")
    message(FATAL_ERROR "musubi_add_adapter: KIND is source or sink")
  endif()
  if(ADAPTER_UNPARSED_ARGUMENTS OR NOT ADAPTER_SOURCES)
    message(FATAL_ERROR "musubi_add_adapter: NAME, KIND and SOURCES are needed; not understood: ${ADAPTER_UNPARSED_ARGUMENTS}")
  endif()
  set(adapter musubi_${ADAPTER_KIND}_${ADAPTER_NAME})
  musubi_add_adapter_module(${adapter} SOURCES ${ADAPTER_SOURCES} LIBRARIES ${ADAPTER_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY MUSUBI_ADAPTERS ${adapter})
  musubi_add_contract_test(${adapter} contract.${ADAPTER_KIND}.${ADAPTER_NAME} ${ADAPTER_CONTRACT_OPTIONS})
endfunction()

# The module alone, without a contract test: for libraries that are broken on purpose.
function(musubi_add_adapter_module adapter)
  cmake_parse_arguments(MODULE "" "FOLDER" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT MODULE_FOLDER)
    set(MODULE_FOLDER ${PROJECT_BINARY_DIR}/lib/musubi)
  endif()
  add_library(${adapter} MODULE ${MODULE_SOURCES})
  set_target_properties(${adapter} PROPERTIES
    PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${MODULE_FOLDER}
    CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(TARGET musubi_compile_options)
    target_link_libraries(${adapter} PRIVATE musubi::plugin_api musubi_compile_options ${MODULE_LIBRARIES})
  else()
    target_link_libraries(${adapter} PRIVATE Musubi::sdk ${MODULE_LIBRARIES})
    if(MUSUBI_SANITIZE)
      target_compile_options(${adapter} PRIVATE -fsanitize=${MUSUBI_SANITIZE} -fno-omit-frame-pointer)
      target_link_options(${adapter} PRIVATE -fsanitize=${MUSUBI_SANITIZE})
    endif()
  endif()
  if(NOT MUSUBI_SANITIZE OR CMAKE_CXX_COMPILER_ID STREQUAL GNU)  # Clang's sanitizers are in the program only
    target_link_options(${adapter} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

# musubi_add_contract_test(TARGET TEST_NAME [name=value ...])
function(musubi_add_contract_test adapter test)
  if(DEFINED MUSUBI_TESTS AND NOT MUSUBI_TESTS)
    return()
  endif()
  if(TARGET musubi_adapter_contract)
    set(contract musubi_adapter_contract)
  elseif(TARGET Musubi::adapter_contract)
    set(contract Musubi::adapter_contract)
  else()
    message(STATUS "Musubi was installed without its contract suite: ${test} is left out")
    return()
  endif()
  set(options ${ARGN})
  list(TRANSFORM options PREPEND --option=)
  add_test(NAME ${test} COMMAND ${contract} $<TARGET_FILE:${adapter}> ${options})
  set_tests_properties(${test} PROPERTIES TIMEOUT 300 LABELS contract)
endfunction()
