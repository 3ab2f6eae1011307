from example_project.demo.main import main

raise SystemExit(main())
