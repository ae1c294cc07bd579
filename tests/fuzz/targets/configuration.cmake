musubi_add_fuzz_target(policy USES privacy model base)
musubi_add_fuzz_target(route USES privacy model base)
musubi_add_fuzz_target(checks USES quality model base)
musubi_add_fuzz_target(settings USES base LIBRARIES musubi_app)
