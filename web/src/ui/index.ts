// The only door to Polaris: what pages use of it is named here.
export {
  ActionList,
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  Checkbox,
  ChoiceList,
  Divider,
  Form,
  FormLayout,
  InlineGrid,
  InlineStack,
  Layout,
  List,
  Modal,
  Page,
  Popover,
  ProgressBar,
  Select,
  SkeletonBodyText,
  Tag,
  Text,
  TextField,
} from '@shopify/polaris';
export { DeleteIcon } from '@shopify/polaris-icons';
export { type CsvCell, csvOf, download } from './csv.ts';
export { Definition } from './definition.tsx';
export { Facts, Figures } from './facts.tsx';
export { UiProvider } from './provider.tsx';
export { SaveBar } from './save-bar.tsx';
export { PageSkeleton } from './skeleton.tsx';
export { Empty, Failed, Loaded, LoadedCard, useExplain } from './states.tsx';
export { type Column, FigureTable } from './table.tsx';
export { ToastProvider, useToast } from './toast.tsx';
