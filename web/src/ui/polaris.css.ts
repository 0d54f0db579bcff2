import '@shopify/polaris/build/esm/styles.css';
